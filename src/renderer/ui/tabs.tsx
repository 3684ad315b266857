import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import { useMedia } from './use-media';

export type Tab<T extends string> = { readonly value: T; readonly label: string; readonly icon?: ReactNode };

type TabsProps<T extends string> = {
  readonly label: string;
  readonly value: T;
  readonly tabs: readonly Tab<T>[];
  readonly onChange: (value: T) => void;
  readonly children: ReactNode;
};

/** Sections side by side with their list; in narrow windows the list lies on top, in as many lines as it takes. */
export const SideTabs = <T extends string>({ label, value, tabs, onChange, children }: TabsProps<T>) => {
  const beside = useMedia('(min-width: 800px)');
  return (
    <Base.Root value={value} orientation={beside ? 'vertical' : 'horizontal'} onValueChange={(next) => onChange(next as T)} className="flex h-full min-h-0 flex-col min-[800px]:flex-row">
      <Base.List aria-label={label} className="flex shrink-0 flex-wrap gap-0.5 border-b border-line px-1.5 py-1.5 min-[800px]:w-48 min-[800px]:flex-col min-[800px]:flex-nowrap min-[800px]:overflow-y-auto min-[800px]:border-b-0 min-[800px]:px-4 min-[800px]:py-4">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="flex h-8 shrink-0 items-center gap-2 whitespace-nowrap rounded-s px-2.5 text-text-2 hover:bg-hover hover:text-text data-[active]:bg-accent-soft data-[active]:font-medium data-[active]:text-accent"
          >
            <span className="hidden min-[800px]:inline">{tab.icon}</span>
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      <Base.Panel value={value} className="min-h-0 min-w-0 flex-1 overflow-y-auto outline-none has-[[data-stays]]:scroll-pt-28">
        {children}
      </Base.Panel>
    </Base.Root>
  );
};

type SegmentedProps<T extends string> = { readonly label: string; readonly value: T; readonly options: readonly Tab<T>[]; readonly onChange: (value: T) => void };

/** Two to four choices of which one holds, shown at once. */
export const Segmented = <T extends string>({ label, value, options, onChange }: SegmentedProps<T>) => (
  <div role="radiogroup" aria-label={label} className="inline-flex h-8 shrink-0 rounded-s border border-line bg-sunken p-0.5">
    {options.map((option) => (
      <label key={option.value} title={option.icon === undefined ? undefined : option.label} className="relative flex">
        <input
          type="radio"
          name={label}
          checked={option.value === value}
          onChange={() => onChange(option.value)}
          aria-label={option.label}
          className="peer absolute inset-0 m-0 appearance-none opacity-0"
        />
        <span className="flex min-w-7 items-center justify-center gap-1.5 rounded-s px-2 text-text-2 peer-checked:bg-surface peer-checked:text-text peer-checked:shadow-[0_0_0_1px_var(--line)] peer-focus-visible:outline-2 peer-focus-visible:outline-accent">
          {option.icon ?? option.label}
        </span>
      </label>
    ))}
  </div>
);

/** Sections one behind the other, their list on top. */
export const TopTabs = <T extends string>({ label, value, tabs, onChange, children }: TabsProps<T>) => (
  <Base.Root value={value} onValueChange={(next) => onChange(next as T)} className="flex min-h-0 flex-1 flex-col">
    <Base.List aria-label={label} className="flex shrink-0 flex-wrap gap-1 border-b border-line px-4">
      {tabs.map((tab) => (
        <Base.Tab key={tab.value} value={tab.value} className="-mb-px flex h-9 items-center gap-2 whitespace-nowrap border-b-2 border-transparent px-2 text-text-2 hover:text-text data-[active]:border-accent data-[active]:font-medium data-[active]:text-accent">
          {tab.icon}
          {tab.label}
        </Base.Tab>
      ))}
    </Base.List>
    <Base.Panel value={value} className="min-h-0 flex-1 outline-none">
      {children}
    </Base.Panel>
  </Base.Root>
);
