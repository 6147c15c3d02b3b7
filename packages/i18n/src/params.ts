/** The values of the parameters of a text, by name. */
export type Params = Readonly<Record<string, unknown>>
