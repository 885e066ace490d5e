/**
 * Networks: what hosts are told lowest, then addresses, VPCs, security groups and interfaces, an account's network as a whole on top. A grouping only: each folder is a module of its own.
 */
@NullMarked
package io.croft.controller.network;

import org.jspecify.annotations.NullMarked;
