/** Gives a file to the browser to keep; nothing of it stays in the page. */
function give(fileName: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The download has begun by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** `content` is base 64. */
export function download(fileName: string, mediaType: string, content: string): void {
  const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
  give(fileName, new Blob([bytes], { type: mediaType }));
}

export const downloadText = (fileName: string, text: string, mediaType: string): void =>
  give(fileName, new Blob([text], { type: `${mediaType};charset=utf-8` }));
