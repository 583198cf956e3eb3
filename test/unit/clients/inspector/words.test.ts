import { expect, test } from 'vitest'
import english from '../../../../demo/page/words/en.json' with { type: 'json' }
import chinese from '../../../../demo/page/words/zh.json' with { type: 'json' }
import { filled, english as own, wordsWith } from '../../../../src/clients/inspector/words.js'

const namesIn = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()

test('the Lab says in English what the inspector says by itself, and in Chinese all of it', () => {
  expect(english.inspector).toEqual(own)
  expect(Object.keys(chinese.inspector)).toEqual(Object.keys(own))
})

test('a translation puts in what the English has, and nothing else', () => {
  const entries = (words: object) => Object.entries(words).map(([name, text]) => [name, namesIn(text)])
  expect(entries(chinese.inspector)).toEqual(entries(own))
})

test('a name that no word has is no word, whatever a prototype has', () => {
  expect(Object(wordsWith({})).constructor).toBeUndefined()
  expect(filled('{left} of {nothing}', { left: '1' })).toBe('1 of ')
})
