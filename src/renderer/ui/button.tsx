import { Button as Base } from '@base-ui/react/button';
import clsx from 'clsx';
import type { ComponentProps, ReactNode } from 'react';
import { Tooltip } from './tooltip';

export type ButtonLook = 'primary' | 'plain' | 'quiet' | 'danger';
export type ButtonSize = 's' | 'm';

const looks: Readonly<Record<ButtonLook, string>> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover border-transparent',
  plain: 'bg-surface text-text border-line hover:bg-hover active:bg-pressed',
  quiet: 'bg-transparent text-text-2 border-transparent hover:bg-hover hover:text-text active:bg-pressed',
  danger: 'bg-danger text-surface border-transparent hover:brightness-110',
};

/** The classes of a button, for parts of Base UI that bring their own element. */
export const buttonClass = (look: ButtonLook, size: ButtonSize = 'm'): string =>
  clsx(
    'inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-s border font-medium transition-colors duration-100',
    'disabled:opacity-50 data-[disabled]:opacity-50 disabled:pointer-events-none',
    size === 's' ? 'h-6 px-2 text-small' : 'h-8 px-3 text-body',
    looks[look],
  );

type ButtonProps = Omit<ComponentProps<'button'>, 'ref'> & { readonly look?: ButtonLook; readonly size?: ButtonSize; readonly icon?: ReactNode };

export const Button = ({ look = 'plain', size = 'm', icon, className, children, ...rest }: ButtonProps) => (
  <Base className={clsx(buttonClass(look, size), className)} {...rest}>
    {icon}
    {children}
  </Base>
);

type IconButtonProps = Omit<ComponentProps<'button'>, 'ref' | 'aria-label'> & {
  /** What it does: its name for assistive technology, and its tooltip. */
  readonly label: string;
  readonly look?: ButtonLook;
  readonly size?: ButtonSize;
};

export const IconButton = ({ label, look = 'quiet', size = 'm', className, children, ...rest }: IconButtonProps) => (
  <Tooltip text={label}>
    <Base
      aria-label={label}
      className={clsx(buttonClass(look, size), size === 's' ? 'w-6 !px-0' : 'w-8 !px-0', className)}
      {...rest}
    >
      {children}
    </Base>
  </Tooltip>
);
