/** The name a captured picture gets: when it was taken, in the person's own time zone. */
export const screenshotName = (at: number): string => {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`;
  return `screenshot-${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}.png`;
};
