// graph: one-owner-http
// graph: one-owner-sharp
// graph: one-owner-electron-store
// graph: one-owner-conf
// graph: one-owner-sqlite
// graph: one-owner-keyring
// graph: one-owner-http-server
// graph: one-owner-commander
// graph: one-owner-csv
// graph: one-owner-canonical-json
// graph: one-owner-file-facts
// graph: one-owner-merge
// graph: one-owner-widgets
// graph: one-owner-page
// graph: one-owner-pictures
// graph: one-owner-letters
// graph: one-owner-x11
// graph: one-owner-metadata-words
export { default as axios } from 'axios';
export { default as sharp } from 'sharp';
export { default as Store } from 'electron-store';
export { default as Conf } from 'conf';
export { DatabaseSync } from '@photostructure/sqlite';
export { Entry } from '@napi-rs/keyring';
export { Hono } from 'hono';
export { Command } from 'commander';
export { stringify } from 'csv-stringify';
export { default as canonicalize } from 'canonicalize';
export { imageSize } from 'image-size';
export { diffIndices } from 'node-diff3';
export { Command } from 'cmdk';
export { createElement } from 'react';
export { optimize } from 'svgo';
export { default as anyAscii } from 'any-ascii';
export { createClient } from 'x11';
export { load } from 'exifreader';
