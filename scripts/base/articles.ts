/** Words that end with the article of what follows: `by 2 March, a ship left`, `on 2 March 2022 the toll rose`. */
export const endsWithArticle = /[,;\s]\s*(?:an?|the|der|die|das|ein|eine|le|la|les|une?|el|los|las|il|lo|gli)$/iu;
