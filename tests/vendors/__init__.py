"""The gateways, over real connections to small servers on this machine."""
