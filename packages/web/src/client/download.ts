/** Gives a file to the browser to keep. `content` is base 64. */
export function download(fileName: string, mediaType: string, content: string): void {
  const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: mediaType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The download has begun by then: the bytes need not stay in the page.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
