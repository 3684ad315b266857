import { Image, Info, RotateCcw, Search } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useSay } from '../../stores/said';
import { Badge, Bar, Dot, EmptyState, Kbd, Progress, Ring, Thumb, type Tone } from '../../ui/bits';
import { Button, buttonClass, IconButton, type ButtonLook } from '../../ui/button';
import { ConfirmDialog, Dialog, Sheet } from '../../ui/dialog';
import { FailedBar } from '../../ui/failed-bar';
import { Field, Input, Switch, TextArea } from '../../ui/field';
import { Menu } from '../../ui/menu';
import { Page } from '../../ui/page';
import { QrCode } from '../../ui/qr-code';
import { Select } from '../../ui/select';
import { Slider } from '../../ui/slider';
import { SplitButton } from '../../ui/split-button';
import { Segmented } from '../../ui/tabs';
import { PickListSample, TileGridSample } from './gallery-lists';

const looks: readonly ButtonLook[] = ['primary', 'plain', 'quiet', 'danger'];
const tones: readonly Tone[] = ['neutral', 'accent', 'ok', 'warn', 'danger'];
const options = [
  { value: 'one', label: 'One' },
  { value: 'two', label: 'Two, with a longer name', note: 'and a note' },
] as const;

const Part = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <section aria-label={name} className="grid grid-cols-[120px_minmax(0,1fr)] items-start gap-4 border-b border-line py-3">
    <h2 className="text-text-2">{name}</h2>
    <div className="flex flex-wrap items-center gap-2">{children}</div>
  </section>
);

const Controls = () => {
  const [text, setText] = useState('Text');
  const [choice, setChoice] = useState<'one' | 'two'>('one');
  const [on, setOn] = useState(true);
  const [size, setSize] = useState(40);
  return (
    <>
      <Part name="Select">
        <Select label="Choice" value={choice} options={options} onChange={setChoice} />
        <Select label="Quiet choice" look="quiet" value={choice} options={options} onChange={setChoice} />
        <Select label="Disabled choice" disabled value={choice} options={options} onChange={setChoice} />
        <Segmented label="Segments" value={choice} options={[{ value: 'one', label: 'One' }, { value: 'two', label: 'Two' }]} onChange={setChoice} />
      </Part>
      <Part name="Slider">
        <Slider label="Size" value={size} min={0} max={100} step={1} onChange={setSize} />
        <QrCode text="https://example.net/" label="QR code" />
      </Part>
      <Part name="Field">
        <div className="flex w-80 flex-col gap-3">
          <Field label="Name" help="What it is and where it comes from.">
            <Input value={text} onChange={setText} />
          </Field>
          <Field label="Wrong" error="This is needed.">
            <Input value="" onChange={setText} placeholder="Placeholder" />
          </Field>
          <Field label="Long">
            <TextArea value={text} onChange={setText} />
          </Field>
          <Switch label="Switch" help="What it changes." checked={on} onChange={setOn} />
        </div>
      </Part>
    </>
  );
};

const Overlays = () => {
  const say = useSay();
  const [open, setOpen] = useState<'dialog' | 'confirm' | 'sheet' | null>(null);
  const close = (): void => setOpen(null);
  return (
    <Part name="Overlays">
      <Button onClick={() => setOpen('dialog')}>Dialog</Button>
      <Button onClick={() => setOpen('confirm')}>Confirm</Button>
      <Button onClick={() => setOpen('sheet')}>Sheet</Button>
      <Button onClick={() => say({ title: { plain: 'Done' }, notes: [{ plain: 'With a note' }], action: { label: { plain: 'Undo' }, onPress: close } })}>Toast</Button>
      <Button onClick={() => say({ title: { plain: 'It did not work' }, type: 'problem' })}>Problem</Button>
      <Menu
        trigger={<button type="button" className={buttonClass('plain')}>Menu</button>}
        entries={[{ kind: 'heading', label: 'Heading' }, { label: 'Item', note: 'Note', onSelect: close }, { label: 'Checked', checked: true, onSelect: close }, { kind: 'separator' }, { label: 'Danger', danger: true, onSelect: close }, { label: 'Disabled', disabled: true, onSelect: close }]}
      />
      <Dialog open={open === 'dialog'} onClose={close} title="Dialog" closeLabel="Close" footer={<Button onClick={close}>Close</Button>}>
        Some text.
      </Dialog>
      <ConfirmDialog open={open === 'confirm'} danger title="Delete it?" confirmLabel="Delete" cancelLabel="Cancel" onConfirm={close} onCancel={close}>
        This cannot be undone.
      </ConfirmDialog>
      <Sheet open={open === 'sheet'} onClose={close} title="Sheet" closeLabel="Close">
        Some text.
      </Sheet>
    </Part>
  );
};

/** Every part with its states on one page; reached in development and tests by `#/gallery`. */
export const Gallery = () => (
  <Page title="Gallery">
    <div className="h-full overflow-y-auto px-4">
      <Part name="Button">
        {looks.map((look) => (
          <Button key={look} look={look} icon={<RotateCcw size={14} aria-hidden />}>
            {look}
          </Button>
        ))}
        {looks.map((look) => (
          <Button key={look} look={look} size="s">
            {look}, small
          </Button>
        ))}
        <Button disabled>disabled</Button>
      </Part>
      <Part name="IconButton">
        <IconButton label="Search">
          <Search size={16} aria-hidden />
        </IconButton>
        <IconButton label="Search, small" size="s" look="plain">
          <Search size={14} aria-hidden />
        </IconButton>
        <SplitButton label="Copy" onPress={() => undefined} moreLabel="Other formats" entries={[{ label: 'URL', onSelect: () => undefined }]} />
      </Part>
      <Controls />
      <Part name="Badge">
        {tones.map((tone) => (
          <Badge key={tone} tone={tone}>
            {tone}
          </Badge>
        ))}
        {tones.map((tone) => (
          <Dot key={tone} tone={tone} />
        ))}
        <Kbd>Ctrl</Kbd>
        <Kbd>K</Kbd>
      </Part>
      <Part name="Progress">
        <span className="w-60">
          <Progress label="A part done" value={0.4} />
        </span>
        <Ring value={0.7}>
          <Dot tone="ok" />
        </Ring>
        <Thumb src={null} size="row" fallback={<Image size={18} aria-hidden />} />
      </Part>
      <Part name="Bar">
        <div className="flex w-full flex-col gap-2">
          {tones.map((tone) => (
            <Bar key={tone} tone={tone} icon={<Info size={16} aria-hidden />} actions={<Button size="s">Act</Button>}>
              A sentence that tells something.
            </Bar>
          ))}
          <FailedBar detail="rows: TypeError (8f14e45f)" againLabel="Try again" onAgain={() => undefined}>
            What could not be read, and why.
          </FailedBar>
        </div>
      </Part>
      <Part name="PickList">
        <PickListSample />
      </Part>
      <Part name="TileGrid">
        <TileGridSample />
      </Part>
      <Overlays />
      <Part name="EmptyState">
        <EmptyState icon={<Image size={36} strokeWidth={1.25} aria-hidden />} title="Nothing here yet" actions={<Button look="primary">Begin</Button>}>
          It teaches by doing.
        </EmptyState>
      </Part>
    </div>
  </Page>
);
