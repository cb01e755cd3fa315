"""What commands share: options, context, messages, where results go."""
