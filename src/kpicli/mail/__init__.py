"""The monthly counts by mail: counted, written, handed over once, and recorded.

options, request     order      checked before anything is read       -> Order
Order, journal       history    the months that are due               -> Period
Order, Period        mailing    counted by a run, with its concerns   -> Mailing
Mailing              writing    text, HTML, attachments               -> Letter
Letter, journal      delivery   to those who do not have it, by smtp  -> Delivery, Outcome
Mailing              approval   held instead, and sent once approved  -> HeldMail of held

Every step to a recipient is an event in the journal before the next is taken. The section [mail] is
of settings and addresses.
Nothing here is loaded by any other command.
"""
