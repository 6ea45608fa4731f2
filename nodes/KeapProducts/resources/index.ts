import type { Resource } from '../../shared/catalogue/operation/types';
import { discount } from './discount';
import { interestBundle } from './interestBundle';
import { product } from './product';
import { productCategory } from './productCategory';
import { productOption } from './productOption';
import { subscriptionPlan } from './subscriptionPlan';

/** The rows of the Keap Products node. The first is the one that a new node shows. */
export const resources: readonly Resource[] = [product, productCategory, productOption, subscriptionPlan, interestBundle, discount];
