export type * from './contract';
export { systemKeychain } from './keychain';
export { openVault, type OpenedVault, type OpenVaultOptions } from './open-vault';
