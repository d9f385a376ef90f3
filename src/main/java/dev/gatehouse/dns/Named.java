package dev.gatehouse.dns;

import dev.gatehouse.config.DnsConfig;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;

/**
 * One configured name: what it means, and what has been said of it. Moved by one thread at a time.
 */
final class Named {
  private final Members members;
  private final DnsConfig config;
  private final Addresses allowed;
  private final Set<InetAddress> refused = new HashSet<>(); // in the last answer
  private Meaning meaning;
  private boolean asked;

  Named(Members members, DnsConfig config, long nowNanos) {
    this.members = members;
    this.config = config;
    this.allowed = new Addresses(config.allow());
    this.meaning = Meaning.unknown(nowNanos);
  }

  String host() {
    return members.host();
  }

  /** Whether DNS owes an answer. */
  boolean isAsked() {
    return asked;
  }

  boolean isDue(long nowNanos) {
    return !asked && meaning.isDue(nowNanos);
  }

  void ask() {
    asked = true;
  }

  void settle(Answer answer, long nowNanos) {
    asked = false;
    if (answer.kind() == Answer.Kind.FOUND) {
      tellRefused(answer);
    }
    Meaning before = meaning;
    meaning = before.after(allowed.within(answer), config, nowNanos);
    if (!meaning.addresses().equals(before.addresses())) {
      members.become(meaning.addresses());
    }
    String problem = meaning.problem();
    if (!problem.isEmpty() && !problem.equals(before.problem())) {
      members.tell("unresolved", host() + ": " + problem);
    }
  }

  private void tellRefused(Answer answer) {
    Set<InetAddress> now = new HashSet<>();
    for (InetAddress each : answer.addresses()) {
      if (!allowed.isAllowed(each)) {
        now.add(each);
        if (!refused.contains(each)) {
          members.tell("address refused", host() + " means " + each.getHostAddress());
        }
      }
    }
    refused.clear();
    refused.addAll(now);
  }
}
