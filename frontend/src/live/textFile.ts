/** A text file that Windows Notepad shows as it is: UTF-8 with a byte order mark, lines ended by CR LF. */
export function textFile(text: string): Blob {
  return new Blob(['\ufeff', text.replace(/\r\n?|\n/g, '\r\n'), '\r\n'], { type: 'text/plain;charset=utf-8' })
}
