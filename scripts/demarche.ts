#!/usr/bin/env node
import process from 'node:process';
import { demarche } from './cli/commands.ts';
import { startProgram } from './cli/start.ts';

process.exitCode = await startProgram(demarche, process.argv.slice(2));
