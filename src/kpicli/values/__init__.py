"""Reading single values without guessing: texts, dates, ids, codes, words for periods.

cell -> folding -> the form in which texts are compared
            |-> codes        a value of a code table, circled numerals by date
            |-> identifiers  an id to the letter
            |-> dates        a day; eras by wareki, what stands behind it by times_of_day
            |     |- moments  the day some days, months or business days from one
            |     `- months   a month or year of a table that knows no days
            |-> number_reading  a number, its unit or scale; which rows say a total
            `-> period_words -> period_reading -> a Span of fiscal
numbers of a figure -> numbers -> rounded half up
arrays -> distinct_values -> each value once, and how often
"""
