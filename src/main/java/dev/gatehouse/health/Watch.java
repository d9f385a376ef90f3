package dev.gatehouse.health;

import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.config.PoolConfig;

/** A pool to be watched: how often, how patiently and by which probe. */
public record Watch(UpstreamPool pool, PoolConfig.Health settings, Probe probe) {}
