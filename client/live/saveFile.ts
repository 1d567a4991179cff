/** How long a browser may take to begin to save, in ms. */
const SAVING = 60_000;

/** Lets the browser save what this page holds, under that name. */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), SAVING);
}
