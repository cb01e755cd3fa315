"""The charts of a report, drawn without a browser.

blocks of figures -> chart_data -> Chart -> charts (Vega-Lite) -> svg -> element of the page
                                     `-> the same numbers as a table
"""
