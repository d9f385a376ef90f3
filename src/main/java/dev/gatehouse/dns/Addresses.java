package dev.gatehouse.dns;

import dev.gatehouse.config.Cidr;
import dev.gatehouse.http.IpAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;

/** Which addresses may be a backend's. Immutable. */
record Addresses(List<Cidr> allow) {
  Addresses {
    allow = List.copyOf(allow);
  }

  boolean isAllowed(InetAddress address) {
    if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
      return false;
    }
    if (allow.isEmpty()) {
      return true;
    }
    IpAddress literal = Objects.requireNonNull(IpAddress.parse(address.getHostAddress()));
    for (Cidr range : allow) {
      if (range.contains(literal)) {
        return true;
      }
    }
    return false;
  }

  /** The answer without the others; if none is left, it denies the name. */
  Answer within(Answer answer) {
    List<InetAddress> left = answer.addresses().stream().filter(this::isAllowed).toList();
    return answer.kind() == Answer.Kind.FOUND && left.isEmpty()
        ? Answer.denied("no address that is allowed")
        : new Answer(answer.kind(), left, answer.ttl(), answer.problem());
  }
}
