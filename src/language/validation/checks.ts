/** The checks of the language: those that run while typing, and those that run on save and in a terminal. */
import { checkBaseCase } from './base-case.js';
import type { Check } from './context.js';
import { checkExpectations } from './expectations.js';
import { checkFeeder } from './feeder.js';
import { checkFeederTree } from './feeder-tree.js';
import { checkHorizon } from './horizon.js';
import { checkImports } from './imports.js';
import { checkNames } from './names.js';
import { checkPaths } from './paths.js';
import { checkQuantities } from './quantities.js';
import { checkRoads } from './roads.js';
import { checkScenario } from './scenario.js';
import { checkStations } from './stations.js';
import { checkStudies } from './studies.js';
import { checkTimes } from './times.js';
import { checkTravelers } from './travelers.js';

export const CHECKS: Readonly<Record<'fast' | 'slow', readonly Check[]>> = {
  fast: [
    checkScenario,
    checkImports,
    checkNames,
    checkQuantities,
    checkHorizon,
    checkTimes,
    checkTravelers,
    checkRoads,
    checkStations,
    checkFeeder,
    checkStudies,
    checkExpectations,
  ],
  slow: [checkPaths, checkFeederTree, checkBaseCase],
};
