export interface Bytes {
  min: number
  gzip: number
  brotli: number
}

export function bytesOf(file: string | Uint8Array): Bytes
