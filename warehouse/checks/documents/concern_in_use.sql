-- severity: warn
-- message: Numbers of the warehouse were read from a document about which concern was expressed.
-- action: Read the notice; say so wherever the trial is summarised, and look again when the inquiry is over.
-- owner: review

SELECT
    document_id AS row_id,
    document_id,
    'Concern was expressed about it (' || said || '), and ' || counted(numbers, 'number') || if(numbers = 1, ' is', ' are') || ' from it.' AS message
FROM numbers_under_notice('CONCERN_ABOUT', 'EXPRESSION_OF_CONCERN')
