import { type Answers, type Question, questions } from '../../demo/page/choose/answers.js'

export const questionNames = Object.keys(questions) as Question[]

/** All there is to answer: each answer of each question with each of all others. */
export const everyAnswer = questionNames.reduce<readonly Partial<Answers>[]>(
  (some, name) => some.flatMap((one) => questions[name].map((answer) => ({ ...one, [name]: answer }))),
  [{}],
) as readonly Answers[]
