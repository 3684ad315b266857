/** The name a pasted picture gets: when it was pasted, in the person's own time zone. `place` tells apart what comes together. */
export const pastedName = (at: number, extension = 'png', place = 0): string => {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`;
  const time = `${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`;
  return `pasted-${day}-${time}${place === 0 ? '' : `-${place + 1}`}.${extension}`;
};
