/** A page of Bedrock's console: `path` is what follows the `#/`. */
export function consolePage(arn: string, region: string, path: string): string {
  const partition = arn.split(':')[1] ?? 'aws';
  return `https://${consoleHost(partition, region)}/bedrock/home?region=${region}#/${path}`;
}

/** The console's host of a partition and Region. */
function consoleHost(partition: string, region: string): string {
  if (partition === 'aws-us-gov') return 'console.amazonaws-us-gov.com';
  if (partition === 'aws-cn') return 'console.amazonaws.cn';
  return `${region}.console.aws.amazon.com`;
}

/** The page of a batch job, in the job's own partition and Region. */
export function jobConsoleUrl(jobArn: string): string {
  const region = jobArn.split(':')[3] ?? 'us-east-1';
  const path = `batch-inference/details?jobArn=${encodeURIComponent(jobArn)}`;
  return consolePage(jobArn, region, path);
}

/** True for what lives in the local sandbox: its account is no AWS account, so the console has no page. */
export function isSandboxArn(arn: string): boolean {
  return arn.split(':')[4] === '000000000000';
}
