"""How a client answers a quote: accepts with name or signature, declines, asks for changes; then the job."""
