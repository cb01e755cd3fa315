"""The parts that commands share: options, context, messages, targets of results.

options, mail_options -> context: settings, day -> the command's question
                           `- completion, language
answer -> destination (protected_paths stay) -> output -> stdout or a file
faults, errors -> messages, mail_messages -> stderr; progress meanwhile
schema_file: the schema of the settings -> stdout, or a file beside them
question -> dialogue -> stderr; a line of stdin -> answer
summary -> outcome -> exit code, and whether there is anything to write
"""
