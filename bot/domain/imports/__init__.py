"""Tables that come in: what their columns mean, what is wrong with a row, and the files that come of the good ones."""
