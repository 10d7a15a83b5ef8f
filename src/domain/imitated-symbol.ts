/** Whether a token's symbol is made to be taken for another one's: letters that look the same are the same. */

/** Symbols that imitators like most. Those of the listed tokens at hand are added to them. */
const favourites = ['USDT', 'USDC', 'DAI', 'WETH', 'WBTC', 'STETH', 'BUSD', 'ETH']

/** Letters of other alphabets, digits and signs, as the Latin capitals that they look like. */
const twins: Readonly<Record<string, string>> = {
  ...pairsOf('АВЕКМНОРСТУХЅІЈԌԚԜ', 'ABEKMHOPCTYXSIJGQW'),
  ...pairsOf('ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ', 'ABEZHIKMNOPTYXC'),
  ...pairsOf('ᎪᏴᏟᎬᎻᎫᏦᏞᎷᏢᏚᎢᏃ', 'ABCEHJKLMPSTZ'),
  ...pairsOf('01$₮Ð', 'OISTD'),
  ...pairsOf('ꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑꓢꓔꓴꓪꓫꓬꓜ', 'BCDEFGHIJKLMNOPSTUWXYZ'),
}

/** @param listed symbols of tokens on lists: they and the favourites are what may be imitated */
export function imitatedSymbols(listed: readonly (string | null)[]): (symbol: string | null) => boolean {
  const known = new Set([...favourites, ...listed].map((each) => fold(each ?? '')))
  known.delete('')
  return (symbol) => known.has(fold(symbol ?? ''))
}

/** Wide, bold and accented letters become plain ones; what is neither letter nor sign of the table goes. */
function fold(symbol: string): string {
  const plain = symbol.slice(0, 256).normalize('NFKD').toUpperCase()
  return [...plain].map((character) => twins[character] ?? (/[A-Z0-9]/.test(character) ? character : '')).join('')
}

function pairsOf(others: string, latin: string): Readonly<Record<string, string>> {
  const letters = [...latin]
  return Object.fromEntries([...others].map((other, index) => [other, letters[index] ?? '']))
}
