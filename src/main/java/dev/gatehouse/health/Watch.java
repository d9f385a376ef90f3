package dev.gatehouse.health;

import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.config.ProxyConfig;

/** A pool to be watched: how often, how patiently and by which probe. */
public record Watch(UpstreamPool pool, ProxyConfig.Health settings, Probe probe) {}
