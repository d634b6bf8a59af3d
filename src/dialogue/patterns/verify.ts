import { openVerification } from '../forms.ts';
import { sayIdle } from '../greeting.ts';
import type { Scene } from '../scene.ts';
import { isApplied, verificationForm } from '../verification.ts';
import type { Pattern } from './pattern.ts';
import { resume } from './repair.ts';

function tell(scene: Scene, key: string): void {
  if (scene.focus) scene.say(key);
  else sayIdle(scene, key);
}

/** Begins the company's verification, or goes on with it; the case that is being filled waits. */
export const verify: Pattern = {
  name: 'verify',
  phrases: [
    'xác minh',
    'xác minh công ty',
    'xác minh doanh nghiệp',
    'xác thực công ty',
    'đăng ký công ty',
    'làm tiếp xác minh',
    'go on verifying',
    'verify',
    'verify company',
    'verify my company',
    'company verification',
  ],
  commands: ['verify', 'xacminh'],
  run(scene) {
    scene.asks = true;
    const form = verificationForm(scene);
    if (scene.context.account.verified) tell(scene, 'verify.already');
    else if (isApplied(scene)) tell(scene, 'verify.checking');
    else if (scene.event.group) tell(scene, 'verify.notInGroup');
    else if (form) resume(scene, form);
    else {
      openVerification(scene);
      scene.say('verify.begin');
    }
  },
};
