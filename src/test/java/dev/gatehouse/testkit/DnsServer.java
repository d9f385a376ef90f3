package dev.gatehouse.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A DNS server on a UDP port of the loopback that gives every name the same answer. */
public final class DnsServer implements AutoCloseable {
  private static final int SILENCE = -1;
  private static final int MOST_BYTES = 4_096;

  private final DatagramSocket socket;
  private final Thread thread;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile Saying saying = new Saying(Rcode.NXDOMAIN, 1, List.of());

  private volatile int aliasTtl;

  private record Saying(int rcode, int ttl, List<InetAddress> addresses) {}

  private DnsServer(DatagramSocket socket) {
    this.socket = socket;
    this.thread = new Thread(this::serve, "dns-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** One that denies all names until it is told otherwise. */
  public static DnsServer denying() {
    try {
      return new DnsServer(new DatagramSocket(0, InetAddress.getLoopbackAddress()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Host and port, as {@code proxy.dns.servers} has it. */
  public String address() {
    return "127.0.0.1:" + port();
  }

  public int port() {
    return socket.getLocalPort();
  }

  /** From now on all names mean these. */
  public void means(int ttl, String... literals) {
    saying = new Saying(Rcode.NOERROR, ttl, Stream.of(literals).map(DnsServer::address).toList());
  }

  /** From now on each name stands for another one, which means these. */
  public void meansByAlias(int ttlOfAlias, int ttl, String... literals) {
    means(ttl, literals);
    aliasTtl = ttlOfAlias;
  }

  /** From now on there is no name. */
  public void deny() {
    saying = new Saying(Rcode.NXDOMAIN, 1, List.of());
  }

  /** From now on it has a trouble of its own. */
  public void fail() {
    saying = new Saying(Rcode.SERVFAIL, 1, List.of());
  }

  /** From now on it does not answer. */
  public void fallSilent() {
    saying = new Saying(SILENCE, 1, List.of());
  }

  /** How many questions there were. */
  public int asked() {
    return asked.get();
  }

  private void serve() {
    byte[] bytes = new byte[MOST_BYTES];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
      try {
        socket.receive(packet);
        asked.incrementAndGet();
        Saying now = saying;
        if (now.rcode() != SILENCE) {
          byte[] wire =
              answer(new Message(Arrays.copyOf(bytes, packet.getLength())), now, aliasTtl);
          socket.send(new DatagramPacket(wire, wire.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private static byte[] answer(Message query, Saying saying, int aliasTtl) {
    Record question = query.getQuestion();
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.RA);
    answer.getHeader().setRcode(saying.rcode());
    answer.addRecord(question, Section.QUESTION);
    Name name = question.getName();
    if (aliasTtl > 0) {
      Name other = Name.fromConstantString("other.gatehouse.test.");
      answer.addRecord(new CNAMERecord(name, DClass.IN, aliasTtl, other), Section.ANSWER);
      name = other;
    }
    for (InetAddress each : saying.addresses()) {
      boolean v4 = each.getAddress().length == 4;
      if (question.getType() == (v4 ? Type.A : Type.AAAA)) {
        answer.addRecord(record(name, saying.ttl(), each, v4), Section.ANSWER);
      }
    }
    return answer.toWire();
  }

  private static Record record(Name name, int ttl, InetAddress address, boolean v4) {
    return v4
        ? new ARecord(name, DClass.IN, ttl, address)
        : new AAAARecord(name, DClass.IN, ttl, address);
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
  }

  @Override
  public void close() {
    socket.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
