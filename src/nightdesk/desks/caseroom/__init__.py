"""The specialist's desk: the page to acknowledge, the queue, a case."""
