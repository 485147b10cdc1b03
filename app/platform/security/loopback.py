"""Whether an address stays within this machine."""

from ipaddress import IPv6Address, ip_address


def is_loopback(host: str) -> bool:
    """True for `localhost` and loopback addresses, also IPv4 written as IPv6; else False."""
    bare = host.removeprefix("[").removesuffix("]")
    if bare.lower() == "localhost":
        return True
    try:
        address = ip_address(bare)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped.is_loopback
    return address.is_loopback
