import { describe, expect, inject, test } from 'vitest'
import {
  angular,
  aspnet,
  type Csrf,
  django,
  express,
  fastify,
  laravel,
  rails,
  spring,
} from '../../../src/index.js'
import type {} from '../../harness/global-setup.js'

const vectors = inject('vectors')
const conventions = { ...vectors?.csrf.verified_here, ...vectors?.csrf.from_docs_only }

/** By what the vectors' names begin with. */
const presets: Record<string, Csrf> = {
  'express-session 1.19.0 + csrf-sync': express(),
  'express-session 1.19.0 + csrf-csrf': express(),
  'express-session 1.19.0 + lusca': angular(),
  '@fastify/session': fastify(),
  Django: django(),
  Rails: rails(),
  Laravel: laravel(),
  Angular: angular(),
  Spring: spring(),
  'ASP.NET': aspnet(),
}

const wordsOf = (start: string) => {
  const [, found] = Object.entries(conventions).find(([name]) => name.startsWith(start)) ?? []
  return `${JSON.stringify(found)}`.toLowerCase()
}

describe.runIf(vectors)('the public table of frameworks', () => {
  test.each(Object.entries(presets))('knows what the preset for %s sends', (name, { header }) => {
    expect(wordsOf(name)).toContain(header.toLowerCase())
  })

  const withCookie = Object.entries(presets).filter(([, { cookie }]) => cookie)
  test.each(withCookie)('knows what the preset for %s reads', (name, { cookie = '' }) => {
    expect(wordsOf(name)).toContain(cookie.toLowerCase())
  })
})
