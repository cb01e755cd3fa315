"""The charts of pages, files and fragments: what is seen is said, and each mark has its label.

figures -> chart_data -> Chart -> drawing -> SVG -> element of a page, file; picture -> PNG
             |             `-> the same numbers as a table
             |- titles: what is seen, in a few words
             `- targets: the bars of all targets
"""
