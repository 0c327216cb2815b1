"""Tables that come in: what their columns mean, what is wrong with a row, the files that come of them."""
