/** Stands in the text of a message where its link comes when it leaves: what opens the link is never kept. */
export const LINK_MARK = '{lien}';
