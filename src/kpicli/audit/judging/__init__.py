"""Which reading of a table its numbers bear out, and which numbers leave no room for any.

claims -> side: readings put to the cells -> weighing: where they hold -> judge -> find_relations
          |- addable      whether numbers may be added at all
          |- runs         of lines beside a total that no label speaks of
          |- discovered   balances that no label speaks of at all
          `- excuses      why a number that fails may be right after all
"""
