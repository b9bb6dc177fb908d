-- question: Which arms got drugs of which class, and at which doses?
-- shows: A row a substance under its class, with arms, trials, participants and doses; the class is that of the stem
--   of the International Nonproprietary Name, null where the name has none of the stems listed here.
WITH stems(stem, drug_class) AS (
    VALUES
        ('mab', 'monoclonal antibody'), ('cept', 'receptor fused to Fc'), ('kin', 'interleukin or its derivative'),
        ('leukin', 'interleukin or its derivative'), ('kinra', 'interleukin receptor antagonist'),
        ('sartan', 'angiotensin II receptor antagonist'), ('pril', 'ACE inhibitor'), ('statin', 'HMG-CoA reductase inhibitor'),
        ('tinib', 'tyrosine kinase inhibitor'), ('citinib', 'Janus kinase inhibitor'), ('ciclib', 'CDK inhibitor'),
        ('gliflozin', 'SGLT2 inhibitor'), ('gliptin', 'DPP-4 inhibitor'), ('glutide', 'GLP-1 receptor agonist'),
        ('siran', 'small interfering RNA'), ('trexate', 'folic acid antagonist'), ('vir', 'antiviral')
),
given AS (
    SELECT
        i.intervention_norm AS substance, a.arm_id, a.trial_id, a.n_randomized, i.dose_value, i.dose_unit,
        -- Printed as a clinician writes it: 7.5 mg, 30 mg and not 30.0 mg.
        CASE
            WHEN i.dose_value = trunc(i.dose_value) THEN concat_ws(' ', i.dose_value::BIGINT, i.dose_unit)
            WHEN i.dose_value IS NOT NULL THEN concat_ws(' ', i.dose_value, i.dose_unit)
        END AS dose
    FROM arm_interventions AS i
    JOIN arms AS a USING (arm_id)
    WHERE i.intervention_norm IS NOT NULL AND i.intervention_norm <> 'placebo' AND NOT i.is_background
),
-- The longest stem that a name ends with: tofacitinib is a -citinib before it is a -tinib.
classed AS (
    SELECT substance, arg_max(drug_class, length(stem)) AS drug_class
    FROM (SELECT DISTINCT substance FROM given)
    LEFT JOIN stems ON ends_with(lower(substance), stem)
    GROUP BY substance
),
counted AS (
    SELECT substance, count(*) AS arms, count(DISTINCT trial_id) AS trials, sum(n_randomized)::BIGINT AS participants
    FROM (SELECT DISTINCT substance, arm_id, trial_id, n_randomized FROM given)
    GROUP BY substance
),
dosed AS (
    SELECT substance, string_agg(dose, ', ' ORDER BY dose_unit, dose_value) AS doses
    FROM (SELECT DISTINCT substance, dose, dose_unit, dose_value FROM given WHERE dose IS NOT NULL)
    GROUP BY substance
)
SELECT classed.drug_class, substance, counted.arms, counted.trials, counted.participants, dosed.doses
FROM classed
JOIN counted USING (substance)
LEFT JOIN dosed USING (substance)
ORDER BY drug_class NULLS LAST, substance;
