"""The parts that commands share: options, context, messages, targets of results."""
