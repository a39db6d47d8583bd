"""What a machine can see in a comment: personal data, links, insults. `reading.hints_in` is the
one way in; every finder takes time by the length of the text, whatever it holds."""
