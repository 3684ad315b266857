import { Image } from 'lucide-react';
import { useState } from 'react';
import { Picture } from '../../ui/picture';
import { PickList } from '../../ui/pick-list';
import { TileGrid } from '../../ui/tile-grid';

const picks = Array.from({ length: 10_000 }, (_, index) => ({ value: String(index), label: `Choice ${index}`, ...(index % 7 === 3 ? { note: 'a note' } : {}) }));

/** A long list to pick from. */
export const PickListSample = () => {
  const [value, setValue] = useState('3');
  return (
    <div className="w-80">
      <PickList label="Choices" placeholder="Find a choice" empty="No choice has these words." value={value} picks={picks} onPick={setValue} />
    </div>
  );
};

/** Tiles of which only those in sight are drawn. */
export const TileGridSample = () => {
  const [active, setActive] = useState(0);
  return (
    <div className="h-72 w-full">
      <TileGrid
        label="Tiles"
        count={1000}
        tile={{ width: 120, height: 120 }}
        keyOf={String}
        active={active}
        onKey={(event) => {
          const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
          setActive(Math.max(0, Math.min(999, active + step)));
          return step !== 0;
        }}
      >
        {(index) => (
          <div role="gridcell" data-tile={index} tabIndex={index === active ? 0 : -1} aria-label={`Tile ${index}`} className="size-full p-1.5 -outline-offset-2">
            <Picture src={null} fallback={<Image size={24} aria-hidden />} />
          </div>
        )}
      </TileGrid>
    </div>
  );
};
