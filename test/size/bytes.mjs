import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

/** How many bytes a file has as it is, and as it travels. */
export function bytesOf(file) {
  const bytes = Buffer.from(file)
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
  return { min: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotli.length }
}
