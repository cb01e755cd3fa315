"""What only people can know of a folder, as questions with every answer's consequences.

Each question has a first answer, which Enter takes; what it changes is a proposal of its own.

proposal -> questions -> the next one that is not settled, or all with an answer to each
             |- tables   of which source a table is, which of several counts
             |- columns  which column is which: above all, which date counts
             |- orders   day or month first, in dates that end in their year
             |- values   what a word stands for that no code table lists
             |- held     whether a value without a row is 0, or not in the export
             `- spans    which months an export holds; where the year begins
question: a question, its answers, and the proposal that each leads to
"""
