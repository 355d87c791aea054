/** Words that end with the article of the next clause: `by the end of the week, a senior official said`. */
export const endsWithArticle = /[,;]\s*(?:an?|the|der|die|das|ein|eine|le|la|les|une?|el|los|las|il|lo|gli)$/iu;
