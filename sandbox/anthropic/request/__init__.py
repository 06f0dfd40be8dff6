"""What may be asked: the request body's shape, and the rules that a shape cannot say."""
