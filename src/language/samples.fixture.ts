/** The two sample files that the language was designed on; every release parses them. */

export const SCENARIO_SAMPLE = `import "feeders/ieee33.v2g"

/** Evening peak: Nguyen–Dupuis roads on a modified IEEE 33-bus feeder. */
scenario EveningPeak "Evening peak, Nguyen–Dupuis × IEEE 33"
horizon 17:00 to 19:00 step 10 min
currency CNY

travelers {
  charging 20 %
  v2g 10 %
  value of time 30 CNY/h
}

roads NguyenDupuis {
  node n1, n2, n3, n4, n5, n6
  link n1 -> n5 { time 7 min, capacity 2200 veh/h }
  link n5 -> n6 { time 3 min, capacity 1800 veh/h }
  link n6 -> n2 { time 14 min, capacity 1800 veh/h }
  demand n1 -> n2 { 17:00 300 veh/h, 17:30 400 veh/h, 18:30 250 veh/h }   // stepwise constant
  demand n4 -> n2 { 600 veh/h }                                           // constant over the horizon
}

station CS1 {
  charging { ports 60, power 60 kW, service 10 min, wait up to 20 min, price 2 CNY/kWh, coupon up to 2 CNY/kWh }
  v2g      { ports 40, power 40 kW, service 10 min, wait up to 20 min, price 3 CNY/kWh, coupon up to 20 CNY }
}

couple CS1 { node n6, bus b22 }        // road node <-> feeder bus

study Region characterize {
  axes CS1 at 18:00, CS2 at 18:00, CS3 at 18:00     // any (station, time) pairs: space, time or both
  subsidy 1000 CNY, 2000 CNY, 4000 CNY, 6000 CNY    // or: subsidy unlimited
  directions every 45 deg                           // or: directions until gap 2 %
  expect volume at 2000 CNY in 55 to 68 MW^3
}

study Reserve dispatch {
  region Region
  reserve 5 MW at b30 at 18:00                      // the feeder must be able to serve 5 MW more at b30
  tiers 1000 CNY, 2000 CNY, 4000 CNY
  expect tier 2000 CNY
}

study DynamicVsStatic compare {
  region Region
  static interval 30 min
}
`;

export const GRID_SAMPLE = `feeder IEEE33 {
  base 12.66 kV
  voltage 0.93 to 1.07 pu
  bus b1
  bus b2 { load 100 kW, 60 kvar, shape Evening }
  line b1 -- b2 { r 0.0922 ohm, x 0.0470 ohm, limit 400 A }
  source Grid at b1 { -5 MW to 12 MW, -8 Mvar to 8 Mvar, voltage 1.03 pu, price 0.6 CNY/kWh }
  generator DG18 at b18 { up to 1.5 MW, 0.8 Mvar, cost 0.9 CNY/kWh }   // 0 to 1.5 MW, ±0.8 Mvar
  generator DG33 at b33 { 0.2 MW to 2.5 MW, -0.5 Mvar to 1.9 Mvar, cost 0.9 CNY/kWh }
  pv PV14 at b14 { rating 1 MVA, output 0.8 MW, shape Sunset }
  shape Evening { 17:00 0.90, 17:30 0.96, 18:00 1.00, 18:30 0.97 }
  shape Sunset  { 17:00 1.00, 17:30 0.70, 18:00 0.40, 18:30 0.15 }
}
`;
