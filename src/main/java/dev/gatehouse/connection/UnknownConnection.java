package dev.gatehouse.connection;

/** A container that we know nothing of. */
final class UnknownConnection extends ClientConnection {
  @Override
  public Look look() {
    return Look.BLIND;
  }
}
