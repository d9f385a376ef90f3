package dev.gatehouse.dns;

import dev.gatehouse.config.DnsConfig;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One name: what it means, and what has been said of it. Moved by one thread at a time. */
final class Named {
  private static final int MOST_TOLD = 8; // the event list has room for 50

  private final String host;
  private final DnsConfig config;
  private final Addresses allowed;
  private final Set<InetAddress> refused = new HashSet<>(); // in the last answer
  private boolean tooMany;
  private Meaning meaning;
  private boolean asked;

  Named(String host, DnsConfig config, long nowNanos) {
    this.host = host;
    this.config = config;
    this.allowed = new Addresses(config.allow());
    this.meaning = Meaning.unknown(nowNanos);
  }

  List<InetAddress> addresses() {
    return meaning.addresses();
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

  void settle(Answer answer, long nowNanos, Names.Listener listener) {
    asked = false;
    if (answer.kind() == Answer.Kind.FOUND) {
      tellRefused(answer, listener);
    }
    Answer left = allowed.within(answer);
    boolean now = left.addresses().size() > Meaning.MOST_ADDRESSES;
    if (now && !tooMany) {
      String cause = " means more than " + Meaning.MOST_ADDRESSES;
      listener.tell(host, "addresses left out", cause);
    }
    tooMany = now;
    Meaning before = meaning;
    meaning = before.after(left, config, nowNanos);
    if (!meaning.addresses().equals(before.addresses())) {
      listener.means(host, meaning.addresses());
    }
    String problem = meaning.problem();
    if (!problem.isEmpty() && !problem.equals(before.problem())) {
      listener.tell(host, "unresolved", ": " + problem);
    } else if (problem.isEmpty() && !before.problem().isEmpty() && before.isKnown()) {
      listener.tell(host, "resolved", " is told again");
    }
  }

  private void tellRefused(Answer answer, Names.Listener listener) {
    Set<InetAddress> now = new HashSet<>();
    for (InetAddress each : answer.addresses()) {
      if (!allowed.isAllowed(each)) {
        now.add(each);
        if (!refused.contains(each) && now.size() <= MOST_TOLD) {
          listener.tell(host, "address refused", " means " + each.getHostAddress());
        }
      }
    }
    refused.clear();
    refused.addAll(now);
  }
}
