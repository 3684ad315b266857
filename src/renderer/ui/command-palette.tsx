import { Dialog as Base } from '@base-ui/react/dialog';
import { Command } from 'cmdk';
import type { ReactNode } from 'react';
import { Kbd } from './bits';
import { matchCommand } from './match-command';

export type PaletteCommand = {
  readonly id: string;
  readonly label: string;
  readonly group: string;
  readonly icon?: ReactNode;
  readonly keys?: string;
  /** More words to find it by, e.g. its name in the other language. */
  readonly words?: readonly string[];
  readonly run: () => void;
};

type CommandPaletteProps = {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly label: string;
  readonly placeholder: string;
  readonly empty: string;
  readonly commands: readonly PaletteCommand[];
};

export const CommandPalette = ({ open, onClose, label, placeholder, empty, commands }: CommandPaletteProps) => {
  const groups = [...new Set(commands.map((command) => command.group))];
  return (
    <Base.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-veil" />
        <Base.Popup
          aria-label={label}
          className="fixed left-1/2 top-[12vh] z-40 flex max-h-[70vh] w-[calc(100vw-32px)] max-w-140 -translate-x-1/2 flex-col overflow-hidden rounded-m border border-line bg-surface shadow-lift outline-none"
        >
          <Command label={label} loop filter={matchCommand} className="flex min-h-0 flex-col">
            <Command.Input placeholder={placeholder} className="h-12 w-full shrink-0 border-b border-line bg-transparent px-4 text-lead outline-none select-text" />
            <Command.List className="min-h-0 overflow-y-auto p-1.5">
              <Command.Empty className="px-3 py-6 text-center text-text-2">{empty}</Command.Empty>
              {groups.map((group) => (
                <Command.Group
                  key={group}
                  heading={group}
                  className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:text-small [&_[cmdk-group-heading]]:text-text-2"
                >
                  {commands
                    .filter((command) => command.group === group)
                    .map((command) => (
                      <Command.Item
                        key={command.id}
                        value={command.id}
                        keywords={[command.label, ...(command.words ?? [])]}
                        onSelect={() => {
                          onClose();
                          command.run();
                        }}
                        className="flex min-h-9 items-center gap-2.5 rounded-s px-2 py-1 data-[selected=true]:bg-hover"
                      >
                        <span className="flex w-4 shrink-0 justify-center text-text-2">{command.icon}</span>
                        <span className="min-w-0 flex-1 truncate">{command.label}</span>
                        {command.keys === undefined ? null : <Kbd>{command.keys}</Kbd>}
                      </Command.Item>
                    ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
};
